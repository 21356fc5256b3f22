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

  it('gives exporters of OpenTelemetry variables that a shell sets, with what is in lists escaped', () => {
    const code = toSnippets(place).find(({ id }) => id === 'opentelemetry')?.code ?? '';

    const printed = execFileSync('sh', ['-c', `${code}env`], { encoding: 'utf8', env: {} });

    const variables = Object.fromEntries(
      printed.split('\n').map((line) => line.split(/=(.*)/s).slice(0, 2)),
    ) as Record<string, string>;
    const attributes = variables['OTEL_RESOURCE_ATTRIBUTES'] ?? '';
    expect(variables).toMatchObject({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4040/base/opentelemetry',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20hh_1_2',
      OTEL_METRICS_EXPORTER: 'none',
    });
    expect(attributes).not.toMatch(/[,; "]/);
    expect(decodeURIComponent(attributes)).toBe(`honeyhive.project=${place.project}`);
  });
});
