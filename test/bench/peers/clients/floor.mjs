// What any client has to do at least: JSON.stringify and one undici POST for 100 events, with nothing tried twice.
import { Pool } from 'undici';

export const packages = [];
export const answers = [{ path: /^\/events\/batch$/, body: '{"success":true}' }];
/** It promises nothing when something fails. */
export const isFloor = true;

const batchEvents = 100;

export function open({ url }) {
  const pool = new Pool(url, { connections: 4 });
  const underWay = new Set();
  let waiting = [];

  async function post(events) {
    const response = await pool.request({
      path: '/events/batch',
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer bench' },
      body: JSON.stringify({ events }),
    });
    await response.body.dump();
  }
  function send() {
    const sent = post(waiting).catch(() => undefined);
    waiting = [];
    underWay.add(sent);
    void sent.then(() => underWay.delete(sent));
  }
  return {
    log(event) {
      waiting.push(event);
      if (waiting.length === batchEvents) send();
    },
    async flush() {
      if (waiting.length > 0) send();
      await Promise.all(underWay);
    },
    close: () => pool.close(),
  };
}
