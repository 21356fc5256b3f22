import { useState } from 'react';
import { Button } from '../../kit/button.tsx';
import { CopyButton } from '../../kit/copy-button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { payloadText } from '../../text/payload.ts';
import { MarkdownView } from '../markdown/markdown-view.tsx';
import { looksLikeMarkdown } from '../payload-view.ts';
import { TextView } from '../text/text-view.tsx';
import styles from './json-tree.module.css';

interface StringDialogProps {
  readonly text: string;
  readonly title: string;
  readonly onClose: () => void;
}

/** All of a text that its row has no room for. */
export function StringDialog({ text, title, onClose }: StringDialogProps) {
  const [isMarkdown, setMarkdown] = useState(() => looksLikeMarkdown(text));
  return (
    <Dialog
      title={title}
      size="wide"
      onClose={onClose}
      actions={
        <>
          <Button aria-pressed={isMarkdown} onClick={() => setMarkdown(!isMarkdown)}>
            {isMarkdown ? payloadText.views.text : payloadText.views.markdown}
          </Button>
          <CopyButton text={text} label={payloadText.copyValue} />
        </>
      }
    >
      <div className={styles.string}>
        {isMarkdown ? <MarkdownView text={text} /> : <TextView text={text} />}
      </div>
    </Dialog>
  );
}
