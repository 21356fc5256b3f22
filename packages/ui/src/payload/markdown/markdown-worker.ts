// Reads markdown beside the page, one text after the other.
import type { MarkdownAnswer } from './markdown-answer.ts';
import { readMarkdown } from './read-markdown.ts';

const answer = (message: MarkdownAnswer) => postMessage(message);

addEventListener('message', ({ data }: MessageEvent<string>) => {
  answer({ kind: 'begun' });
  answer({ kind: 'done', reading: readMarkdown(data) });
});
