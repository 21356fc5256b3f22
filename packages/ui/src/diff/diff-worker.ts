// Compares texts beside the page. Gets a pair; answers with their difference.
import { diffText } from './text-diff.ts';

addEventListener('message', ({ data }: MessageEvent<{ before: string; after: string }>) => {
  postMessage(diffText(data.before, data.after));
});
