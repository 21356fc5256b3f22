import { HoneyHive } from 'honeyhive/fetch';
import { callEveryMethod } from '../every-method.ts';

interface Bindings {
  readonly API_KEY: string;
  readonly API_URL: string;
}

/** What the platform lets a request do after its response. */
interface Execution {
  waitUntil(work: Promise<unknown>): void;
}

/** Kept from one request to the next, as workers do. */
let kept: HoneyHive | undefined;

/** A Cloudflare Worker that calls every method of the client and answers with what it saw. */
export const worker = {
  async fetch(
    request: Request,
    { API_KEY: apiKey, API_URL: baseUrl }: Bindings,
    execution: Execution,
  ) {
    const { pathname, searchParams } = new URL(request.url);
    const mark = searchParams.get('mark') ?? '';
    if (pathname === '/background') {
      const client = new HoneyHive({ apiKey, baseUrl });
      const step = { session_id: mark, event_type: 'tool', event_name: pathname } as const;
      for (let count = 0; count < 250; count += 1) client.logEvent(step);
      execution.waitUntil(client.flush());
      return Response.json(client.stats().stored);
    }
    if (pathname === '/every-method') {
      return Response.json(await callEveryMethod(new HoneyHive({ apiKey, baseUrl }), mark));
    }
    kept ??= new HoneyHive({ apiKey, baseUrl });
    const event = { session_id: mark, event_type: 'tool', event_name: pathname } as const;
    return Response.json(await kept.createEvent(event));
  },
};

export { HoneyHive };
