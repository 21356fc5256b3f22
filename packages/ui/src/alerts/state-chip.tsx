import type { Alert } from 'honeyhive-wire';
import { BellOff, BellRing, CircleCheck, CirclePause, Eye } from 'lucide-react';
import type { ReactNode } from 'react';
import { Chip } from '../kit/chip.tsx';
import type { ChipTone } from '../kit/chip.tsx';
import { alertsText } from '../text/alerts.ts';

const looks: Readonly<
  Record<Alert['status'], { readonly icon: ReactNode; readonly tone?: ChipTone }>
> = {
  TRIGGERED: { icon: <BellRing aria-hidden />, tone: 'error' },
  RESOLVED: { icon: <CircleCheck aria-hidden />, tone: 'ok' },
  ACTIVE: { icon: <Eye aria-hidden />, tone: 'ok' },
  PAUSED: { icon: <CirclePause aria-hidden /> },
};

/** The state of an alert in an icon and a word; beside it whether it is muted. */
export function StateChip({ alert }: { readonly alert: Pick<Alert, 'status' | 'is_muted'> }) {
  const { icon, tone } = looks[alert.status];
  return (
    <>
      <Chip tone={tone} icon={icon}>
        {alertsText.states[alert.status]}
      </Chip>
      {alert.is_muted && <Chip icon={<BellOff aria-hidden />}>{alertsText.muted}</Chip>}
    </>
  );
}
