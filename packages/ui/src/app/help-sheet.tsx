import { Dialog } from '../kit/dialog.tsx';
import type { HotkeyScope } from '../kit/hotkeys.ts';
import { Kbd } from '../kit/kbd.tsx';
import { paletteText } from '../text/palette.ts';
import styles from './help-sheet.module.css';

interface HelpSheetProps {
  readonly scopes: readonly HotkeyScope[];
  readonly onClose: () => void;
}

/** All keys that do something on this screen. */
export function HelpSheet({ scopes, onClose }: HelpSheetProps) {
  return (
    <Dialog title={paletteText.keys} size="wide" isText onClose={onClose}>
      <div className={styles.scopes}>
        {scopes.map((scope, index) => (
          <Keys key={index} scope={scope} />
        ))}
      </div>
    </Dialog>
  );
}

function Keys({ scope: { title, hotkeys } }: { readonly scope: HotkeyScope }) {
  const rows = hotkeys.filter(({ keys, label }) => keys !== undefined && label !== '');
  if (rows.length === 0) return null;
  return (
    <section>
      <h3 className={styles.title}>{title}</h3>
      <dl>
        {rows.map(({ keys = '', label }) => (
          <div key={keys} className={styles.row}>
            <dt>{label}</dt>
            <dd>
              <Kbd keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
