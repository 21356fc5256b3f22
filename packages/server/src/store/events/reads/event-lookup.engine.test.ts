import { describe, expect, test } from 'vitest';
import type { StoredEvent } from '../../../domain/stored-event.ts';
import { buildStoredEvent } from '../../testing/build-event.ts';
import { openTestStore } from '../../testing/open-test-store.ts';

const store = await openTestStore();

describe('a look-up by an id that tells its time', () => {
  const hourMs = 3_600_000;
  const madeAt = Date.UTC(2026, 4, 3, 10, 30);
  const timed = (last: string): string => {
    const time = madeAt.toString(16).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-00000000000${last}`;
  };
  const find = async (last: string) => {
    const found = await store.findEvent(['look'], timed(last));
    const [read] = await store.readEvents(['look'], [timed(last)]);
    expect(read ?? null).toEqual(found);
    return found;
  };
  const event = (last: string, more: Partial<StoredEvent>): StoredEvent =>
    buildStoredEvent({ projectId: 'look', eventId: timed(last), startTime: madeAt, ...more });

  test('finds it in its hour, in any other, where it moved to, and not once it is deleted', async () => {
    await store.insert([
      event('1', { eventName: 'in its hour' }),
      event('2', { startTime: madeAt + 700 * hourMs }),
      event('3', { eventName: 'before' }),
      event('4', {}),
    ]);
    await store.insert([
      event('3', { version: 2, isDeleted: true }),
      event('3', { version: 3, startTime: madeAt - 9 * hourMs, eventName: 'moved' }),
      event('4', { version: 2, isDeleted: true }),
    ]);

    expect((await find('1'))?.eventName).toBe('in its hour');
    expect((await find('2'))?.startTime).toBe(madeAt + 700 * hourMs);
    expect((await find('3'))?.eventName).toBe('moved');
    expect(await find('4')).toBeNull();
    expect(await find('5')).toBeNull();
    expect(await store.findEvent(['other'], timed('1'))).toBeNull();
    const heads = await store.readHeads(['look'], [timed('1'), timed('4')]);
    expect(new Map(heads.map(({ eventId, isDeleted }) => [eventId, isDeleted]))).toEqual(
      new Map([
        [timed('1'), false],
        [timed('4'), true],
      ]),
    );
  });
});
