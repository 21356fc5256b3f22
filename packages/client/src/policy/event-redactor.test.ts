import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createEventRedactor, findRedactProblem } from './event-redactor.ts';
import type { RedactRules } from './event-redactor.ts';

const redact = (rules: RedactRules, event: Record<string, unknown>) =>
  createEventRedactor(rules)(event);

describe('createEventRedactor', () => {
  test('replaces what is at a path, whatever it is', () => {
    const rules = { paths: ['inputs.messages[*].content', 'metadata.card', '$..password'] };
    const event = {
      inputs: { messages: [{ role: 'user', content: 'hi' }, { content: { text: 'there' } }] },
      outputs: { deep: [{ password: 1 }], password: null },
      metadata: { card: 4111, kept: true },
    };

    expect(redact(rules, event)).toEqual({
      inputs: {
        messages: [{ role: 'user', content: '[redacted]' }, { content: '[redacted]' }],
      },
      outputs: { deep: [{ password: '[redacted]' }], password: '[redacted]' },
      metadata: { card: '[redacted]', kept: true },
    });
  });

  test('empties a field of the event itself rather than change its kind', () => {
    const rules = { paths: ['inputs', 'outputs', 'event_name', 'duration'] };
    const event = { inputs: { a: 1 }, outputs: 'text', event_name: 'secret', duration: 5 };

    expect(redact(rules, event)).toEqual({
      inputs: {},
      outputs: '[redacted]',
      event_name: '[redacted]',
      duration: undefined,
    });
  });

  test('replaces what a pattern finds in texts, everywhere in them', () => {
    const rules = {
      patterns: [/\d{4}-\d{4}/, /[\w.]+@[\w.]+/giy, 'Acme'],
      replacement: '<$&>',
    };
    const event = {
      event_name: 'Acme',
      error: 'failed for a@b.example and c@d.example',
      inputs: { list: ['1234-5678', 'Acme, Acme'] },
    };

    expect(redact(rules, event)).toEqual({
      event_name: '<$&>',
      error: 'failed for <$&> and <$&>',
      inputs: { list: ['<$&>', '<$&>, <$&>'] },
    });
  });

  test('leaves alone what ties events together', () => {
    const event = {
      event_id: 'a1',
      session_id: 'a2',
      parent_id: 'a3',
      children_ids: ['a4'],
      event_type: 'tool',
      project: 'a5',
    };

    expect(redact({ patterns: [/./], paths: ['$..session_id', '*'] }, event)).toEqual(event);
    expect(createEventRedactor(() => ({}))(event)).toEqual(event);
  });

  test('changes neither the event nor what is in it', () => {
    const event = { inputs: { text: 'secret', list: ['secret'] } };
    const before = structuredClone(event);

    redact({ patterns: ['secret'], paths: ['inputs.list'] }, event);
    createEventRedactor((copy) => {
      for (const bucket of Object.values(copy)) Object.assign(Object(bucket), { text: 'x' });
      return copy;
    })(event);

    expect(event).toEqual(before);
  });

  test('sees what is sent: results of toJSON, and a key named __proto__', () => {
    const hidden = { toJSON: () => ({ token: 'secret' }) };
    const event = { metadata: { hidden, ['__proto__']: 'secret' } };

    const redacted = redact({ patterns: ['secret'] }, event);

    expect(JSON.stringify(redacted)).toBe(
      '{"metadata":{"hidden":{"token":"[redacted]"},"__proto__":"[redacted]"}}',
    );
  });

  test('takes a function for what to send instead', () => {
    const redactor = createEventRedactor(({ inputs: _inputs, ...event }) => ({
      ...event,
      inputs: {},
    }));

    expect(redactor({ event_id: 'e', inputs: { a: 1 } })).toEqual({ event_id: 'e', inputs: {} });
  });

  test('throws when it cannot redact, rather than let the event pass', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    const broken = createEventRedactor(() => {
      throw new Error('broken');
    });

    expect(() => broken({})).toThrow('broken');
    expect(() => redact({ paths: ['a'] }, cycle)).toThrow(TypeError);
    expect(() => createEventRedactor(() => 'text' as never)({})).toThrow(TypeError);
  });

  test('lets no text through that a pattern finds, however deep', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(redact({ patterns: [/[aeiou]/], replacement: '' }, { value }));
        const values: string[] = [];
        JSON.parse(text, (_key, item: unknown) => {
          if (typeof item === 'string') values.push(item);
          return item;
        });
        expect(values.filter((item) => /[aeiou]/.test(item))).toEqual([]);
      }),
    );
  });
});

describe('findRedactProblem', () => {
  test.each([
    [5, 'must be a function, or an object with paths and patterns'],
    [{ path: ['a'] }, 'has path, which is not one of paths, patterns, replacement'],
    [{ paths: 'a' }, 'must have a list of paths'],
    [{ paths: ['a', 'b['] }, 'has the path "b[", which cannot be read'],
    [{ paths: ['session_id'] }, 'has the path session_id, which ties events together'],
    [{ patterns: [''] }, 'must have patterns that are regular expressions or texts'],
    [{ patterns: /a/ }, 'must have patterns that are regular expressions or texts'],
    [{ replacement: 5 }, 'must have text for replacement'],
  ])('of %j is: %s', (given, problem) => {
    expect(findRedactProblem(given)).toContain(problem);
  });

  test.each([[() => ({})], [{}], [{ paths: ['a.b'], patterns: [/a/, 'b'], replacement: '' }]])(
    'is not one of %s',
    (given) => {
      expect(findRedactProblem(given)).toBeNull();
    },
  );
});
