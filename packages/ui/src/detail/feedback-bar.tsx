import type { Thumb } from 'honeyhive-facts';
import { MessageSquarePlus, ThumbsDown, ThumbsUp } from 'lucide-react';
import { useId, useState } from 'react';
import type { FormEvent } from 'react';
import { useSignedIn } from '../api/signed-in.ts';
import { Button } from '../kit/button.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { InlineError } from '../kit/states.tsx';
import type { JsonNode } from '../payload/json/json-node.ts';
import { MarkedText } from '../payload/text/marked-text.tsx';
import { detailText } from '../text/detail.ts';
import type { EventName } from './event-query.ts';
import type { Feedback, FeedbackChange } from './feedback.ts';
import styles from './feedback.module.css';
import { useFeedback } from './use-feedback.ts';

export interface FeedbackBarProps {
  readonly name: EventName;
  /** What was said already; undefined as long as it is being loaded. */
  readonly bucket: JsonNode | null | undefined;
}

/** What people said of an event, and where to say it: a thumb, a score, a note. */
export function FeedbackBar({ name, bucket }: FeedbackBarProps) {
  const { feedback, change, error, retry } = useFeedback(name, bucket);
  const [isNoting, setNoting] = useState(false);
  const access = useSignedIn().data?.key.access;
  const canSay = access !== 'read' && bucket !== undefined;
  return (
    <div className={styles.feedback} role="group" aria-label={detailText.feedback}>
      <div className={styles.bar} title={access === 'read' ? detailText.readOnly : undefined}>
        {(['up', 'down'] as const).map((thumb) => (
          <ThumbButton
            key={thumb}
            thumb={thumb}
            given={feedback.thumb}
            canSay={canSay}
            change={change}
          />
        ))}
        <ScoreField key={feedback.score} score={feedback.score} canSay={canSay} change={change} />
        <Button
          look="quiet"
          icon={<MessageSquarePlus aria-hidden />}
          aria-expanded={isNoting}
          disabled={!canSay}
          onClick={() => setNoting(!isNoting)}
        >
          {feedback.note === null ? detailText.addNote : detailText.editNote}
        </Button>
      </div>
      {feedback.note !== null && !isNoting && (
        <p className={styles.note}>
          <MarkedText text={feedback.note} />
        </p>
      )}
      {isNoting && <NoteForm note={feedback.note} change={change} onEnd={() => setNoting(false)} />}
      {error !== null && (
        <InlineError title={detailText.feedbackFailed} error={error} onRetry={retry} />
      )}
    </div>
  );
}

interface PartProps {
  readonly canSay: boolean;
  readonly change: (change: FeedbackChange) => void;
}

const thumbLooks = {
  up: { label: detailText.thumbUp, icon: <ThumbsUp /> },
  down: { label: detailText.thumbDown, icon: <ThumbsDown /> },
} as const;

/** Says it; said a second time, takes it back. */
function ThumbButton({
  thumb,
  given,
  canSay,
  change,
}: PartProps & { readonly thumb: Thumb; readonly given: Feedback['thumb'] }) {
  return (
    <IconButton
      {...thumbLooks[thumb]}
      data-thumb={thumb}
      className={styles.thumb}
      aria-pressed={given === thumb}
      disabled={!canSay}
      onClick={() => change({ thumb: given === thumb ? null : thumb })}
    />
  );
}

function ScoreField({ score, canSay, change }: PartProps & { readonly score: string | null }) {
  const id = useId();
  const [text, setText] = useState(score ?? '');
  const [isWrong, setWrong] = useState(false);
  const save = () => {
    const typed = text.trim();
    const isNumber = typed === '' || Number.isFinite(Number(typed));
    setWrong(!isNumber);
    if (isNumber && typed !== (score ?? '')) change({ score: typed === '' ? null : typed });
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    save();
  };
  return (
    <form className={styles.score} onSubmit={onSubmit}>
      <label htmlFor={id}>{detailText.score}</label>
      <input
        id={id}
        inputMode="decimal"
        autoComplete="off"
        disabled={!canSay}
        value={text}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? `${id}-problem` : undefined}
        onChange={(event) => setText(event.target.value)}
        onBlur={save}
      />
      {isWrong && (
        <span id={`${id}-problem`} className={styles.problem}>
          {detailText.scoreProblem}
        </span>
      )}
    </form>
  );
}

interface NoteFormProps {
  readonly note: string | null;
  readonly change: (change: FeedbackChange) => void;
  readonly onEnd: () => void;
}

function NoteForm({ note, change, onEnd }: NoteFormProps) {
  const [text, setText] = useState(note ?? '');
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const typed = text.trim();
    if (typed !== (note ?? '')) change({ note: typed === '' ? null : typed });
    onEnd();
  };
  return (
    <form className={styles.noteForm} onSubmit={onSubmit}>
      <textarea
        aria-label={detailText.note}
        // It was asked for with a click.
        ref={(area) => area?.focus()}
        rows={3}
        maxLength={10_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSubmit(event);
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          onEnd();
        }}
      />
      <div className={styles.noteActions}>
        <Button onClick={onEnd}>{detailText.cancel}</Button>
        <Button look="primary" type="submit">
          {detailText.saveNote}
        </Button>
      </div>
    </form>
  );
}
