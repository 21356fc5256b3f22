import { expect, test } from 'vitest';
import { findForeignPage } from './page-origin.ts';

interface Case {
  readonly origin?: string;
  readonly host?: string;
  readonly site?: string;
  readonly publicUrl?: string;
  readonly isSecure?: boolean;
}

const fieldOf = ({ origin, host, site, publicUrl, isSecure = false }: Case): string | null =>
  findForeignPage(
    {
      ...(origin === undefined ? {} : { origin }),
      ...(host === undefined ? {} : { host }),
      ...(site === undefined ? {} : { 'sec-fetch-site': site }),
    },
    { publicUrl: publicUrl === undefined ? null : new URL(publicUrl), isSecure },
  )?.field ?? null;

const own = 'https://obs.example.com';

test.each<Case>([
  {},
  { host: 'obs.test:4040' },
  { site: 'same-origin' },
  { site: 'none' },
  { origin: 'http://obs.test:4040', host: 'obs.test:4040', site: 'same-origin' },
  { origin: 'http://obs.test', host: 'OBS.test' },
  { origin: 'https://obs.test', host: 'obs.test:443' },
  { origin: 'http://[::1]:4040', host: '[::1]:4040' },
  { origin: own, host: '127.0.0.1:4040', publicUrl: own },
  { origin: own, host: 'obs.example.com', publicUrl: own, isSecure: true },
  { origin: 'http://127.0.0.1:4040', host: '127.0.0.1:4040', publicUrl: own, isSecure: true },
])('a request of our own page, or of a program: %j', (request) => {
  expect(fieldOf(request)).toBeNull();
});

test.each<Case>([
  { origin: 'http://evil.test', host: 'obs.test' },
  { origin: 'http://evil.test', host: 'obs.test', site: 'same-origin' },
  { origin: 'http://evil.test', host: 'obs.test', site: 'none' },
  { origin: 'http://obs.test:4041', host: 'obs.test:4040' },
  { origin: 'http://obs.test.evil.test', host: 'obs.test' },
  { origin: 'http://sub.obs.test', host: 'obs.test' },
  { origin: 'null', host: 'obs.test' },
  { origin: '', host: 'obs.test' },
  { origin: 'http://obs.test, http://evil.test', host: 'obs.test' },
  { origin: 'http://obs.test/', host: 'obs.test' },
  { origin: 'http://obs.test@evil.test', host: 'obs.test' },
  { origin: 'file://obs.test', host: 'obs.test' },
  { origin: 'http://obs.test' },
  { origin: 'http://obs.test', host: 'obs.test', isSecure: true },
  { origin: 'http://obs.example.com', host: 'obs.example.com', publicUrl: own },
  { origin: 'https://obs.example.com:8443', host: 'obs.example.com:8443', publicUrl: own },
  { origin: 'https://evil.test', host: '127.0.0.1:4040', publicUrl: own },
])('a request of a page of another origin: %j', (request) => {
  expect(fieldOf(request)).toBe('origin');
});

test.each(['cross-site', 'same-site', 'anything'])('without an origin, a page of %s', (site) => {
  expect(fieldOf({ host: 'obs.test', site })).toBe('sec-fetch-site');
});
