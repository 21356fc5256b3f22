import { endOfTextPiece, isBlank } from './json-bytes.ts';
import { JsonFrame } from './json-frame.ts';
import { notJson, parsePiece } from './json-piece.ts';

/**
 * Assembles a JSON value from pieces parsed by `JSON.parse`. It receives the positions of brackets and commas, parses
 * what lies between them at each cut, and checks the rest.
 */
export class JsonBuilder {
  readonly #bytes: Buffer;
  /** Stands for the document: a list of one value, without brackets. */
  readonly #root = new JsonFrame(true, 0, 0);
  readonly #frames: JsonFrame[] = [this.#root];
  #top = this.#root;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** The object or list that the reader is in. */
  get top(): JsonFrame {
    return this.#top;
  }

  /** Objects and lists that are open. */
  get depth(): number {
    return this.#frames.length - 1;
  }

  open(isList: boolean, start: number): void {
    this.#top = new JsonFrame(isList, start, start + 1);
    this.#frames.push(this.#top);
  }

  /** @param end offset of the bracket */
  close(isList: boolean, end: number): void {
    const frame = this.#top;
    if (frame === this.#root || frame.isList !== isList) throw notJson(end);
    this.#frames.pop();
    this.#top = this.#frames.at(-1) ?? this.#root;
    if (frame.built !== null) this.#endRun(frame, end);
    if (this.#top.isWaiting) this.put(frame.built ?? this.#parse(frame.start, end + 1), end + 1);
  }

  comma(at: number): void {
    const frame = this.#top;
    if (frame === this.#root) throw notJson(at);
    if (frame.isAfterPiece) {
      if (!isBlank(this.#bytes, frame.runStart, at)) throw notJson(frame.runStart);
      frame.runStart = at + 1;
      frame.isAfterPiece = false;
    }
    frame.comma = at;
    frame.count += 1;
    frame.isKeyNext = !frame.isList;
  }

  /** Parses everything before the comma at which the reader is. */
  cutAtComma(): void {
    const frame = this.#top;
    if (frame.comma < frame.runStart) return;
    this.#cutOuter();
    this.#flush(frame, frame.comma);
  }

  /** Parses everything before a value that begins here. */
  cutBefore(start: number): void {
    this.#cutOuter();
    if (!this.#top.isWaiting) this.#cut(this.#top, start);
  }

  /** Puts in a value that was read on its own. Everything before it has been parsed. @param end where it ends */
  put(value: unknown, end: number): void {
    const frame = this.#top;
    frame.put(value);
    frame.runStart = end;
    frame.isAfterPiece = true;
    frame.isWaiting = false;
  }

  /** The text between two quotes, in pieces of about so many bytes; yields between them. */
  *readText(start: number, end: number, pieceBytes: number): Generator<void, string> {
    let text = '';
    for (let at = start + 1; at < end - 1;) {
      const stop = Math.min(end - 1, endOfTextPiece(this.#bytes, at, at + pieceBytes));
      text += String(parsePiece(this.#bytes, { start: at, end: stop, open: '"', close: '"' }));
      at = stop;
      yield;
    }
    return text;
  }

  /** Discards open values inside a frame. @returns how many it was */
  dropInside(frame: JsonFrame): number {
    const level = this.#frames.indexOf(frame);
    const count = this.depth - level;
    this.#frames.length = level + 1;
    this.#top = frame;
    return count;
  }

  finish(): unknown {
    const end = this.#bytes.length;
    if (this.#top !== this.#root) throw notJson(end);
    if (this.#root.built === null) return this.#parse(0, end);
    this.#endRun(this.#root, end);
    return this.#root.last;
  }

  /** Where the reader is, as a path. */
  field(): string {
    const path = this.#frames.slice(1).map((frame) => {
      if (frame.isList) return `[${frame.count}]`;
      return frame.keyEnd === 0 ? '' : `.${String(this.#parse(frame.keyStart, frame.keyEnd))}`;
    });
    const field = path.join('').replace(/^\./, '').slice(0, 80);
    return field === '' ? 'body' : field;
  }

  /** Parses what is left of a container of which something was parsed before. */
  #endRun(frame: JsonFrame, end: number): void {
    if (!frame.isAfterPiece) this.#flush(frame, end);
    else if (!isBlank(this.#bytes, frame.runStart, end)) throw notJson(frame.runStart);
  }

  #cutOuter(): void {
    for (let level = 0; level < this.#frames.length - 1; level += 1) {
      const frame = this.#frames[level];
      const inner = this.#frames[level + 1];
      if (frame && inner && !frame.isWaiting) this.#cut(frame, inner.start);
    }
  }

  #cut(frame: JsonFrame, start: number): void {
    if (frame.isAfterPiece) throw notJson(start);
    if (frame.comma >= frame.runStart) this.#flush(frame, frame.comma);
    frame.begin();
    if (frame.isList) {
      if (!isBlank(this.#bytes, frame.runStart, start)) throw notJson(frame.runStart);
    } else this.#cutKey(frame, start);
    frame.isWaiting = true;
  }

  #cutKey(frame: JsonFrame, start: number): void {
    const { keyStart, keyEnd, runStart } = frame;
    const isAlone = keyStart >= runStart && isBlank(this.#bytes, runStart, keyStart);
    const between = this.#bytes.toString('latin1', keyEnd, start);
    if (!isAlone || !/^[ \t\r\n]*:[ \t\r\n]*$/.test(between)) throw notJson(runStart);
    frame.key = String(this.#parse(keyStart, keyEnd));
  }

  /** Parses the members up to a comma or a bracket, of which there has to be one. */
  #flush(frame: JsonFrame, end: number): void {
    const start = frame.runStart;
    if (isBlank(this.#bytes, start, end)) throw notJson(end);
    const [open, close] = frame.isList ? ['[', ']'] : ['{', '}'];
    frame.add(parsePiece(this.#bytes, { start, end, open, close }));
    frame.runStart = end + 1;
  }

  #parse(start: number, end: number): unknown {
    return parsePiece(this.#bytes, { start, end, open: '', close: '' });
  }
}
