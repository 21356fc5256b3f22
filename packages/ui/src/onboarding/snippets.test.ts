import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { toSnippets } from './snippets.ts';

const place = { url: 'http://127.0.0.1:4040/base', key: 'hh_1_2', project: 'it\'s "mine"; $(rm)' };

describe('toSnippets', () => {
  it.each(toSnippets(place).map((snippet) => [snippet.label, snippet] as const))(
    '%s says where the service is and with which key',
    (_label, { code }) => {
      expect(code).toContain('http://127.0.0.1:4040/base');
      expect(code).toContain('hh_1_2');
    },
  );

  it('gives curl a name of a project as it is, whatever a shell would make of it', () => {
    const curl = toSnippets(place).find(({ id }) => id === 'curl')?.code ?? '';

    const printed = execFileSync('sh', ['-c', `curl() { printf '%s\n' "$@"; }\n${curl}`], {
      encoding: 'utf8',
    });

    const body = JSON.parse(printed.trim().split('\n').at(-1) ?? '') as {
      event: { project: string };
    };
    expect(body.event.project).toBe(place.project);
  });
});
