import { MessageChannel } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { assumeMessage } from './assume-message.ts';
import { createCells } from './cells.ts';
import { keepOptions } from './kept-options.ts';
import type { Tell } from './messages.ts';
import { createRemoteObjects } from './worker/remote-object.ts';

class Logger {
  readonly lines: unknown[][] = [];

  info(...line: unknown[]): void {
    this.lines.push(line);
  }

  fail(): never {
    throw new Error('no disk');
  }
}

/** The worker's end of objects of this thread, and what it tells. */
function openRemote(options: object) {
  const kept = keepOptions(options);
  const { port1: port } = new MessageChannel();
  const sent: Tell[] = [];
  port.postMessage = (message: unknown) => {
    const tell = assumeMessage(structuredClone(message));
    if (tell.kind === 'tell') sent.push(tell);
  };
  const setup = { port, answers: port, cells: createCells(), options: kept.others };
  const remote = createRemoteObjects({ ...setup, kept: kept.kinds });
  return {
    remote,
    deliver: () => {
      for (const message of sent.splice(0)) kept.hear(message);
    },
  };
}

describe('options that stay in the thread of the caller', () => {
  test('are functions, and objects with methods', () => {
    const options = {
      logger: new Logger(),
      redact: () => ({}),
      tracer: { startSpan() {} },
      headers: { a: '1' },
      rules: { patterns: [/a/] },
      list: [() => 1],
      project: 'shop',
      nothing: undefined,
    };

    const { kinds, others } = keepOptions(options);

    expect(kinds).toEqual({ logger: 'object', redact: 'function', tracer: 'object' });
    expect(Object.keys(others.args[0] as object)).toEqual([
      'headers',
      'rules',
      'list',
      'project',
      'nothing',
    ]);
  });

  test('hear what is called on their stand-ins, in order', () => {
    const logger = new Logger();
    const { remote, deliver } = openRemote({ logger });
    const standIn = Object(remote.toObject('logger')) as Logger;

    standIn.info('sent', { status: 200, at: new URL('http://a/') });
    standIn.fail();
    standIn.info('done');
    expect(logger.lines).toEqual([]);
    deliver();

    expect(JSON.stringify(logger.lines)).toBe(
      '[["sent",{"status":200,"at":"http://a/"}],["done"]]',
    );
  });

  test('may give objects, which hear too, until their end', () => {
    const seen: unknown[] = [];
    const span = {
      setAttribute: (...args: unknown[]) => seen.push(args),
      end: () => seen.push('end'),
    };
    const { remote, deliver } = openRemote({ tracer: { startSpan: () => span } });
    const tracer = Object(remote.toObject('tracer')) as { startSpan(name: string): typeof span };

    const standIn = tracer.startSpan('POST');
    standIn.setAttribute('http.request.method', 'POST');
    standIn.end();
    standIn.setAttribute('late', true);
    deliver();

    expect(seen).toEqual([['http.request.method', 'POST'], 'end']);
  });

  test('may be functions', () => {
    const seen: unknown[] = [];
    const { remote, deliver } = openRemote({ onDrop: (drop: unknown) => seen.push(drop) });

    remote.toFunction('onDrop')({ reason: 'closed' });
    deliver();

    expect(seen).toEqual([{ reason: 'closed' }]);
  });

  test('are nothing that can be awaited, or written as JSON, by mistake', async () => {
    const { remote } = openRemote({});
    const standIn = remote.toObject('logger');

    expect(await Promise.resolve(standIn)).toBe(standIn);
    expect(JSON.stringify(standIn)).toBe('{}');
  });
});
