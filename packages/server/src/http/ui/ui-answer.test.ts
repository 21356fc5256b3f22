import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createUiAnswer } from './ui-answer.ts';
import type { UiFiles } from './ui-files.ts';

const script = "\n  document.documentElement.dataset.theme = 'dark';\n";
const page = `<html data-base="./"><script>${script}</script><script type="module" src="./assets/index-1.js"></script></html>`;

const files: UiFiles = {
  page,
  files: new Map([
    [
      'assets/index-1.js',
      {
        type: 'text/javascript; charset=utf-8',
        etag: '"abc"',
        isHashed: true,
        bodies: {
          identity: Buffer.from('plain'),
          br: Buffer.from('small'),
          gzip: Buffer.from('medium'),
        },
      },
    ],
    [
      'icon.svg',
      {
        type: 'image/svg+xml',
        etag: '"icon"',
        isHashed: false,
        bodies: { identity: Buffer.from('<svg/>') },
      },
    ],
  ]),
};

const ask = (path: string, headers: { accept?: string; tag?: string } = {}, basePath = '/') =>
  createUiAnswer(
    files,
    basePath,
  )({
    path,
    acceptEncoding: headers.accept,
    ifNoneMatch: headers.tag,
  });

describe('the files of the web UI', () => {
  test.each(['/', '/p/shop/sessions', '/p/shop/sessions/a%2Fb', '/p'])(
    'the page answers for the screen %s and is asked for again each time',
    (path) => {
      const answer = ask(path);

      expect(answer?.status).toBe(200);
      expect(answer?.headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
      });
      expect(answer?.body).toContain('src="/assets/index-1.js"');
    },
  );

  test.each([
    '/v1/projects',
    '/events',
    '/projects',
    '/assets/gone.js',
    '/px',
    '/index.html',
    '/../package.json',
  ])('%s is not of the UI', (path) => {
    expect(ask(path)).toBeNull();
  });

  test('the page asks for its files below the base path', () => {
    const body = ask('/p/shop', {}, '/tools/honeyhive')?.body;

    expect(body).toContain('data-base="/tools/honeyhive/"');
    expect(body).toContain('src="/tools/honeyhive/assets/index-1.js"');
  });

  test('the policy names the script that stands in the page, and allows no other', () => {
    const hash = createHash('sha256').update(script).digest('base64');
    const policy = ask('/')?.headers['content-security-policy'];

    expect(policy).toContain(`script-src 'self' 'sha256-${hash}';`);
    expect(policy).not.toContain('unsafe');
    for (const part of [
      "default-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ])
      expect(policy).toContain(part);
  });

  test.each([
    ['br, gzip', 'br', 'small'],
    ['gzip, deflate', 'gzip', 'medium'],
    ['br;q=0, gzip;q=0.5', 'gzip', 'medium'],
    ['identity', undefined, 'plain'],
    [undefined, undefined, 'plain'],
  ])('a browser that takes %s gets %s, for a year', (accept, encoding, body) => {
    const answer = ask('/assets/index-1.js', accept === undefined ? {} : { accept });

    expect(String(answer?.body)).toBe(body);
    expect(answer?.headers['content-encoding']).toBe(encoding);
    expect(answer?.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(answer?.headers['vary']).toBe('accept-encoding');
  });

  test('what the browser has already is not sent again', () => {
    const etag = ask('/')?.headers['etag'] ?? '';
    const compressed = ask('/assets/index-1.js', { accept: 'br' })?.headers['etag'] ?? '';

    expect(ask('/', { tag: etag })).toMatchObject({ status: 304, body: null });
    expect(ask('/', { tag: `"other", W/${etag}` })?.status).toBe(304);
    expect(ask('/', { tag: '"other"' })?.status).toBe(200);
    expect(compressed).not.toBe('"abc"');
    expect(ask('/assets/index-1.js', { accept: 'br', tag: compressed })?.status).toBe(304);
    expect(ask('/assets/index-1.js', { accept: 'gzip', tag: compressed })?.status).toBe(200);
    expect(ask('/icon.svg')?.headers['cache-control']).toBe('no-cache');
  });
});
