import { alertsText } from '../text/alerts.ts';
import type { AlertDraft, DraftProblems } from './alert-draft.ts';
import styles from './alerts.module.css';
import { channels, levels } from './channel-draft.ts';
import { ChoiceEntry, TextEntry } from './entries.tsx';

export interface ChannelFieldsProps {
  readonly draft: AlertDraft;
  readonly problems: DraftProblems;
  readonly onChange: (draft: AlertDraft) => void;
}

/** Where each level of the alert is sent to, beside its destinations. */
export function ChannelFields({ draft, problems, onChange }: ChannelFieldsProps) {
  return (
    <fieldset className={styles.group}>
      <legend>{alertsText.channels}</legend>
      <p className={styles.hint}>{alertsText.channelsHint}</p>
      {levels.map((level) => {
        const one = draft.channels[level];
        const set = (change: Partial<typeof one>) =>
          onChange({ ...draft, channels: { ...draft.channels, [level]: { ...one, ...change } } });
        return (
          <div key={level} className={styles.row}>
            <ChoiceEntry
              label={alertsText.levels[level]}
              value={one.channel}
              words={channels}
              labels={alertsText.channelNames}
              onChange={(channel) => set({ channel, target: '' })}
            />
            {one.channel !== '' && (
              <TextEntry
                label={alertsText.targetNames[one.channel]}
                problem={problems[level]}
                value={one.target}
                maxLength={2_000}
                onChange={(target) => set({ target })}
              />
            )}
          </div>
        );
      })}
    </fieldset>
  );
}
