import { describe, expect, test } from 'vitest';
import { JsonNode } from '../payload/json/json-node.ts';
import { readJson } from '../payload/json/json-reader.ts';
import { parseEventDetail, readUsageDetail } from './event-detail.ts';
import { readFeedback, toFeedbackPatch, undoOf } from './feedback.ts';

const node = (value: unknown) => new JsonNode(readJson(JSON.stringify(value)));

describe('feedback', () => {
  test.each([
    [{ rating: true, comment: 'well done' }, 'up', null, 'well done', null],
    [{ rating: 'thumbs_down', score: 0.25 }, 'down', '0.25', null, null],
    [{ rating: 4, thumb: false }, 'down', '4', null, null],
    [{ rating: 4, ground_truth: 'x' }, null, '4', null, '{"ground_truth":"x"}'],
    [{ rating: 'odd', comment: '' }, null, null, null, '{"rating":"odd"}'],
    [{ comment: null, score: null }, null, null, null, null],
    [{}, null, null, null, null],
  ])('%j is read', (bucket, thumb, score, note, rest) => {
    expect(readFeedback(node(bucket))).toEqual({ thumb, score, note, rest });
  });

  test('of an event without any is nothing', () => {
    expect(readFeedback(null)).toEqual({ thumb: null, score: null, note: null, rest: null });
  });

  test('is changed without taking the place of a rating in numbers', () => {
    const rated = node({ rating: 4 });

    expect(toFeedbackPatch(rated, { thumb: 'up' })).toEqual({ thumb: true });
    expect(toFeedbackPatch(rated, { score: '5' })).toEqual({ rating: 5 });
    expect(toFeedbackPatch(node({}), { thumb: 'down' })).toEqual({ rating: false });
    expect(toFeedbackPatch(null, { score: '0.5' })).toEqual({ score: 0.5 });
    expect(toFeedbackPatch(null, { note: 'x' })).toEqual({ comment: 'x' });
  });

  test('that is changed and taken back is what it was', () => {
    const before = { rating: true, score: 1 };
    const changes = [{ thumb: 'down' }, { score: '2' }, { note: 'x' }] as const;
    for (const change of changes) {
      const changed = { ...before, ...toFeedbackPatch(node(before), change) };
      const undo = undoOf(readFeedback(node(before)), change);
      const undone = { ...changed, ...toFeedbackPatch(node(changed), undo) };

      expect(readFeedback(node(changed))).not.toEqual(readFeedback(node(before)));
      expect(readFeedback(node(undone))).toEqual(readFeedback(node(before)));
    }
  });
});

describe('an event', () => {
  test('is read with every digit, and says what is missing', () => {
    const detail = parseEventDetail(
      '{"event": {"event_id": "e", "metadata": {"n": 9007199254740993}}, "parts": {"inputs": 2000000, "outputs": 2}, "omitted": ["inputs"]}',
    );

    expect(detail.event.get('metadata')?.get('n')?.source).toBe('9007199254740993');
    expect([...detail.omitted]).toEqual(['inputs']);
    expect(detail.bytes).toBe(2_000_002);
  });

  test.each([
    [{ metadata: { prompt_tokens: 3, completion_tokens: 4 } }, [3, 4, null, null]],
    [
      {
        metadata: {},
        outputs: {
          usage: {
            prompt_tokens: 10,
            completion_tokens: 2,
            prompt_tokens_details: { cached_tokens: 8 },
            completion_tokens_details: { reasoning_tokens: 1 },
          },
        },
      },
      [10, 2, 8, 1],
    ],
    [
      { metadata: { usage: { input_tokens: 5, output_tokens: 6, cache_read_input_tokens: 4 } } },
      [5, 6, 4, null],
    ],
    [{ metadata: { prompt_tokens: '3' } }, [null, null, null, null]],
    [{}, [null, null, null, null]],
  ])('tells its tokens: %j', (event, tokens) => {
    const usage = readUsageDetail(node(event));

    expect([
      usage.promptTokens,
      usage.completionTokens,
      usage.cachedTokens,
      usage.reasoningTokens,
    ]).toEqual(tokens);
  });
});
