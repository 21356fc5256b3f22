import { faultOfLiveEvent } from 'honeyhive-testkit';
import { request } from 'undici';

/** One server-sent event. */
export interface SentEvent {
  readonly name: string;
  readonly id: string | null;
  readonly data: unknown;
}

/** Reads a stream of server-sent events as it comes. */
export interface StreamReader {
  readonly status: number;
  readonly contentType: string;
  /** The next event that fits; those before it are passed over. Rejects when the stream ends first. */
  next(fits: (event: SentEvent) => boolean): Promise<SentEvent>;
  close(): void;
}

function parse(block: string): SentEvent | null {
  const fields = new Map(
    block.split('\n').map((line): [string, string] => {
      const at = line.indexOf(': ');
      return [line.slice(0, at), line.slice(at + 2)];
    }),
  );
  const name = fields.get('event');
  if (name === undefined) return null;
  const data: unknown = JSON.parse(fields.get('data') ?? 'null');
  const fault = faultOfLiveEvent(name, data);
  if (fault !== null) throw new Error(fault);
  return { name, id: fields.get('id') ?? null, data };
}

export async function openStream(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<StreamReader> {
  const controller = new AbortController();
  const response = await request(url, { headers, signal: controller.signal, bodyTimeout: 0 });
  async function* read(): AsyncGenerator<SentEvent> {
    let text = '';
    for await (const chunk of response.body.setEncoding('utf8')) {
      text += String(chunk);
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const event = parse(block);
        if (event) yield event;
      }
    }
  }
  const events = read();
  return {
    status: response.statusCode,
    contentType: String(response.headers['content-type']),
    async next(fits) {
      for (let item = await events.next(); !item.done; item = await events.next())
        if (fits(item.value)) return item.value;
      throw new Error('the stream ended');
    },
    close: () => controller.abort(),
  };
}
