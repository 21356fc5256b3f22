import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePlace, printPlace, projectScreens } from './place.ts';

describe('places', () => {
  test.each([
    ['/', { screen: 'home' }],
    ['/p/shop', { screen: 'home', project: 'shop' }],
    ['/p/shop/sessions', { screen: 'sessions', project: 'shop' }],
    ['/p/shop/sessions/1', { screen: 'session', project: 'shop', session: '1' }],
    ['/p/shop/settings/keys', { screen: 'settings', project: 'shop', rest: ['keys'] }],
    ['/p/a%2Fb%25/charts/', { screen: 'charts', project: 'a/b%' }],
    ['/p', { screen: 'unknown' }],
    ['/p/%ff/charts', { screen: 'unknown' }],
    ['/p/shop/nowhere', { screen: 'unknown' }],
    ['/p/shop/sessions/1/2', { screen: 'unknown' }],
    ['/elsewhere', { screen: 'unknown' }],
  ])('%s', (path, place) => {
    expect(parsePlace(path)).toEqual(place);
  });

  const name = fc.string({ unit: 'grapheme', minLength: 1 });

  test('every place is at the path it prints', () => {
    const screen = fc.constantFrom(...projectScreens);
    fc.assert(
      fc.property(name, name, screen, (project, session, word) => {
        for (const place of [
          { screen: 'home', project },
          { screen: 'session', project, session },
          { screen: word, project },
        ] as const)
          expect(parsePlace(printPlace(place))).toEqual(place);
      }),
    );
  });
});
