import { isObject } from '../json/json-object.ts';
import type { JsonObject } from '../json/json-object.ts';
import { openList } from '../methods/list.ts';
import type { List } from '../methods/list.ts';
import { toStoredEvent, toStoredSession } from '../wire/answer-shape.ts';
import type { AnswerContext } from '../wire/answer-shape.ts';
import type { FakeStep } from './fake-program.ts';

/** Lists, by the field of their pages, and how an item is completed. */
const completions: Readonly<
  Record<string, (item: JsonObject, context: AnswerContext) => JsonObject>
> = {
  sessions: toStoredSession,
  events: (item, context) => toStoredEvent({ event_type: 'chain', ...item }, context),
  projects: (item) => item,
};

/** What a call returns: what it would have returned, changed as planned. */
export function amend(
  returned: unknown,
  step: FakeStep,
  around: { readonly context: AnswerContext; readonly parameters: readonly unknown[] },
): unknown {
  const settle = (made: unknown) => merge(made, step, around.parameters);
  if (!(returned instanceof Promise)) return settle(returned);
  if (!(Symbol.asyncIterator in returned)) return returned.then(settle);
  return amendList(returned.then(settle), around.context);
}

function merge(made: unknown, step: FakeStep, parameters: readonly unknown[]): unknown {
  if (step.kind === 'failure') throw step.error;
  const { answer } = step;
  const given: unknown =
    typeof answer === 'function' ? Reflect.apply(answer, undefined, parameters) : answer;
  if (!isObject(made) || !isObject(given)) return given;
  // A receipt has its fields on its prototype.
  const inherited = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(made) ?? {});
  const fields = Object.keys(inherited).filter((name) => inherited[name]?.get !== undefined);
  return { ...made, ...Object.fromEntries(fields.map((name) => [name, made[name]])), ...given };
}

/** The page and its items, and nothing after them. */
function amendList(page: Promise<unknown>, context: AnswerContext): List<unknown, unknown> {
  return openList<unknown, unknown, never>({
    async loadFirst() {
      const read = await page;
      const fields = isObject(read) ? read : {};
      const [name = ''] = Object.keys(completions).filter((key) => Array.isArray(fields[key]));
      const given = fields[name];
      const items = (Array.isArray(given) ? given : []).map((item: unknown) =>
        isObject(item) ? completions[name]?.(item, context) : item,
      );
      const total = fields['total'] === 0 ? items.length : fields['total'];
      return { page: { ...fields, [name]: items, total }, items, cursor: null };
    },
    loadNext: () => Promise.resolve({ items: [], cursor: null }),
  });
}
