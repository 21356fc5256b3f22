import { expect, it } from 'vitest';
import { zoomParam } from './zoom-param.ts';

it.each(['1200-4800', '0.5-1.25'])('reads %s as it wrote it', (text) => {
  expect(zoomParam.print(zoomParam.parse(text))).toBe(text);
});

it.each([null, '', '5', '9-3', 'a-b', '-4-5', '3-3'])('takes %s for the whole session', (text) => {
  expect(zoomParam.parse(text)).toBeNull();
});
