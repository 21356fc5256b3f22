import type { ExploreRow, LiveEvents } from 'honeyhive-wire';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useIsSeen } from '../kit/use-is-seen.ts';
import { basePath } from '../state/base-path.ts';
import { countDropped, emptyLiveBuffer, removeRows, resume, takeRows } from './live-buffer.ts';
import type { LiveBuffer } from './live-buffer.ts';

/** Between two changes of what is shown. */
const paintMs = 250;
/** Over which the rate is counted. */
const rateMs = 5_000;

export type LiveConnection = 'connecting' | 'open' | 'lost';

interface LiveInput {
  /** Path and query of the stream, the same for as long as the list is there; null: none is wanted. */
  readonly path: string | null;
  /** Whether somebody reads, and up to which row; null: nobody does. Asked before each change. */
  readonly readTo: () => number | null;
}

/**
 * What arrives, newest first, in batches; while somebody reads it waits. The stream is closed while the tab is hidden.
 */
export function useLiveRows({ path, readTo }: LiveInput) {
  const [buffer, setBuffer] = useState<LiveBuffer<ExploreRow>>(emptyLiveBuffer);
  const [connection, setConnection] = useState<LiveConnection>('connecting');
  const [rate, setRate] = useState(0);
  const isSeen = useIsSeen();
  const ask = useRef(readTo);
  useEffect(() => {
    ask.current = readTo;
  });
  const lastId = useRef('');
  useEffect(() => {
    if (path === null || !isSeen) return;
    return listen(path, {
      lastId,
      onConnection: setConnection,
      onRate: setRate,
      onRows: (rows) => setBuffer((now) => takeRows(now, rows, ask.current())),
      onRemoved: (ids) => setBuffer((now) => removeRows(now, ids, ask.current())),
      onDropped: (count) => setBuffer((now) => countDropped(now, count)),
    });
  }, [path, isSeen]);
  const goOn = useCallback(() => setBuffer((now) => resume(now)), []);
  return { ...buffer, connection, rate, goOn };
}

interface Listener {
  readonly lastId: { current: string };
  readonly onConnection: (connection: LiveConnection) => void;
  readonly onRate: (perSecond: number) => void;
  readonly onRows: (rows: readonly ExploreRow[]) => void;
  readonly onRemoved: (ids: readonly string[]) => void;
  readonly onDropped: (count: number) => void;
}

function listen(path: string, listener: Listener): () => void {
  // A stream that the page reopens cannot send a resume header.
  const { current } = listener.lastId;
  const since = current === '' ? '' : `&since=${encodeURIComponent(current)}`;
  const stream = new EventSource(`${basePath}${path}${since}`);
  let waiting: ExploreRow[] = [];
  let arrivals: { readonly at: number; readonly count: number }[] = [];
  const paint = setInterval(() => {
    const now = performance.now();
    arrivals = arrivals.filter(({ at }) => now - at < rateMs);
    const count = arrivals.reduce((sum, one) => sum + one.count, 0);
    listener.onRate(Math.round((count * 1000) / rateMs));
    if (waiting.length === 0) return;
    listener.onRows(waiting);
    waiting = [];
  }, paintMs);
  stream.onopen = () => listener.onConnection('open');
  // The browser reconnects automatically, with the id of its last event.
  stream.onerror = () => listener.onConnection('lost');
  stream.addEventListener('rows', (event: MessageEvent<string>) => {
    const { rows, removed } = JSON.parse(event.data) as LiveEvents['rows'];
    if (event.lastEventId !== '') listener.lastId.current = event.lastEventId;
    waiting.push(...rows);
    if (removed.length > 0) {
      waiting = waiting.filter(({ event_id }) => !removed.includes(event_id));
      listener.onRemoved(removed);
    }
    arrivals.push({ at: performance.now(), count: rows.length });
  });
  stream.addEventListener('dropped', (event: MessageEvent<string>) => {
    const { count } = JSON.parse(event.data) as LiveEvents['dropped'];
    listener.onDropped(count);
  });
  return () => {
    clearInterval(paint);
    stream.close();
    if (waiting.length > 0) listener.onRows(waiting);
    listener.onConnection('connecting');
  };
}
