import { expect, test } from 'vitest';
import { comparisonParam } from './comparison-param.ts';

test.each(['errors', 'nothing', '1000~2000'])('%s stays as it was written', (text) => {
  expect(comparisonParam.print(comparisonParam.parse(text))).toBe(text);
});

test.each([null, '', '2000~1000', '5~5', 'a~b', '1~2~3', '99999999999999999~1'])(
  '%s compares nothing',
  (text) => {
    expect(comparisonParam.parse(text)).toBeNull();
  },
);
