import { Link2, MessagesSquare, Sparkles, Wrench } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import styles from './event-type-icon.module.css';

const icons: Readonly<Record<string, LucideIcon>> = {
  session: MessagesSquare,
  model: Sparkles,
  tool: Wrench,
  chain: Link2,
};

/** The type of an event as a shape and a colour; say it in words where it stands alone. */
export function EventTypeIcon({ type }: { readonly type: string }) {
  const Icon = icons[type] ?? Link2;
  return <Icon aria-hidden className={styles.icon} data-type={type} />;
}
