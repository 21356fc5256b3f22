import type { Message, MessagePart } from 'honeyhive-facts/messages';

/** What one call of a model was given and what it answered. */
export interface Turn {
  input: readonly Message[];
  output: readonly Message[];
}

/** The same without what earlier turns have shown already. */
export interface NewMessages {
  /** Messages of the input that no earlier turn of the same line has. */
  input: Message[];
  output: readonly Message[];
  /** How many messages of the input were left out. */
  repeatedCount: number;
  /** The whole input, with the messages of earlier turns instead of their repetitions. */
  shown: readonly Message[];
}

/** A line of turns that share a history: an agent, a branch. */
interface Line {
  prints: string[];
  messages: readonly Message[];
}

/** With how many lines a turn is compared, from the latest. */
const comparedLines = 24;

/**
 * Removes the history from each turn, because every call contains the whole conversation. A turn continues the thread
 * with which it shares most, so that alternating agents do not hide each other's messages. A message counts as repeated
 * only in the same order; one sent twice is shown twice.
 */
export function findNewMessages(turns: readonly Turn[]): NewMessages[] {
  const lines: Line[] = [];
  return turns.map(({ input, output }) => {
    const prints = input.map(printOf);
    const candidates = lines.slice(-comparedLines).map((line) => ({
      line,
      repeated: matchInOrder(line, prints),
    }));
    const best = candidates.reduce<(typeof candidates)[number] | null>(
      (found, next) => (next.repeated.size >= (found?.repeated.size ?? 1) ? next : found),
      null,
    );
    // A branch keeps the line that it left: another turn may continue it.
    const continues = best && best.repeated.size === best.line.prints.length;
    if (continues) lines.splice(lines.indexOf(best.line), 1);
    const repeated = best?.repeated ?? new Map<number, Message>();
    const shown = input.map((message, index) => repeated.get(index) ?? message);
    lines.push({
      prints: [...prints, ...output.map(printOf)],
      messages: [...shown, ...output],
    });
    return {
      input: input.filter((_, index) => !repeated.has(index)),
      output,
      repeatedCount: repeated.size,
      shown,
    };
  });
}

/** Which of the prints stand in the history, each behind the one before, and the message there. */
function matchInOrder(history: Line, prints: readonly string[]): Map<number, Message> {
  const matched = new Map<number, Message>();
  let from = 0;
  for (const [index, print] of prints.entries()) {
    const found = history.prints.indexOf(print, from);
    const message = history.messages[found];
    if (!message) continue;
    matched.set(index, message);
    from = found + 1;
  }
  return matched;
}

/**
 * What a message says, by which it is known again in a later prompt. Not its ids, and not what the model thought: that
 * is often left out of the history.
 */
export function printOf(message: Message): string {
  const parts = message.parts.map(printOfPart).filter((print) => print !== '');
  return [message.role, ...parts].join('\n');
}

function printOfPart(part: MessagePart): string {
  switch (part.kind) {
    case 'text':
    case 'refusal':
      return part.text.trim();
    case 'thinking':
      return '';
    case 'image':
    case 'file':
      return `${part.kind} ${JSON.stringify(part.media)}`;
    case 'tool_call':
      return `call ${part.name} ${printOfInput(part.input)}`;
    case 'tool_result':
      return `result ${part.parts.map(printOfPart).join('\n')}`;
    case 'json':
      // Fields beside the content differ between an answer and its repetition.
      return part.label === 'other fields' ? '' : part.source;
  }
}

function printOfInput(input: { json: string } | { text: string } | null): string {
  if (input === null) return '';
  return 'text' in input ? input.text : input.json.replaceAll(/\s+/g, '');
}
