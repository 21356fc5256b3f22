import { createHash } from 'node:crypto';
import type { UiFile, UiFiles } from './ui-files.ts';
import { toEtag } from './ui-files.ts';

/** A request that may be for the UI. */
export interface UiRequest {
  /** Without the base path and the query. */
  readonly path: string;
  readonly acceptEncoding: string | undefined;
  readonly ifNoneMatch: string | undefined;
}

export interface UiAnswer {
  readonly status: 200 | 304;
  readonly headers: Readonly<Record<string, string>>;
  /** null with 304. */
  readonly body: Buffer | string | null;
}

/** The files of the UI, ready to be served; null for other paths. */
export type AnswerUi = (request: UiRequest) => UiAnswer | null;

const yearSeconds = 31_536_000;

/** On every file: a browser takes it for what we say it is, and other sites learn nothing of the address. */
const guards = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** @param basePath where the service is for browsers: `/`, or `/x/y` */
export function createUiAnswer({ page, files }: UiFiles, basePath: string): AnswerUi {
  const index = toPage(page, basePath.replace(/\/$/, ''));
  return (request) => {
    if (isScreen(request.path)) return answerPage(index, request);
    const file = files.get(request.path.slice(1));
    return file === undefined ? null : answerFile(file, request);
  };
}

/** Addresses that the page itself makes sense of: `/` and everything below `/p`, where no operation is. */
export const isScreen = (path: string): boolean => path === '/' || /^\/p(\/|$)/.test(path);

interface Page {
  readonly html: string;
  readonly etag: string;
  readonly policy: string;
}

/** The page, with the paths that browsers are to ask for. A `<base>` would do it too, and the policy forbids one. */
function toPage(page: string, base: string): Page {
  const html = page.replaceAll(/(["'])\.\//g, `$1${base}/`);
  return { html, etag: toEtag(html), policy: toPolicy(html) };
}

/** What the page may load and run: what is ours, and the scripts that stand in it, by their hashes. */
function toPolicy(html: string): string {
  const hashes = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
  return [
    "default-src 'self'",
    ["script-src 'self'", ...hashes].join(' '),
    "img-src 'self' data: blob:",
    'media-src data:',
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function answerPage({ html, etag, policy }: Page, { ifNoneMatch }: UiRequest): UiAnswer {
  const headers = {
    ...guards,
    'cache-control': 'no-cache',
    'content-security-policy': policy,
    'cross-origin-opener-policy': 'same-origin',
    etag,
  };
  if (matches(ifNoneMatch, etag)) return { status: 304, headers, body: null };
  return {
    status: 200,
    headers: { ...headers, 'content-type': 'text/html; charset=utf-8' },
    body: html,
  };
}

function answerFile(file: UiFile, { acceptEncoding, ifNoneMatch }: UiRequest): UiAnswer {
  const encoding = chooseEncoding(file, acceptEncoding ?? '');
  const headers = {
    ...guards,
    'cache-control': file.isHashed ? `public, max-age=${yearSeconds}, immutable` : 'no-cache',
    vary: 'accept-encoding',
    etag: encoding === 'identity' ? file.etag : file.etag.replace(/"$/, `-${encoding}"`),
  };
  if (matches(ifNoneMatch, headers.etag)) return { status: 304, headers, body: null };
  const body = file.bodies[encoding] ?? file.bodies.identity;
  return {
    status: 200,
    headers: {
      ...headers,
      'content-type': file.type,
      ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
    },
    body,
  };
}

/** Source: RFC 9110 section 13.1.2: a list, weak or not. */
const matches = (ifNoneMatch: string | undefined, etag: string): boolean =>
  ifNoneMatch?.split(',').some((tag) => ['*', etag, `W/${etag}`].includes(tag.trim())) ?? false;

/** The smallest that the browser takes. A quality of 0 means never. Source: RFC 9110 section 12.5.3. */
function chooseEncoding(file: UiFile, accept: string): 'br' | 'gzip' | 'identity' {
  const isTaken = (name: string) =>
    accept
      .toLowerCase()
      .split(',')
      .some((part) => {
        const [coding, ...parameters] = part.split(';').map((word) => word.trim());
        return coding === name && !parameters.some((text) => /^q=0(\.0*)?$/.test(text));
      });
  if (file.bodies.br && isTaken('br')) return 'br';
  return file.bodies.gzip && isTaken('gzip') ? 'gzip' : 'identity';
}
