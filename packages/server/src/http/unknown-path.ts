import { operations } from 'honeyhive-wire';
import { Problem } from '../domain/problem.ts';

const patterns = Object.values(operations).flatMap(({ method, paths }) =>
  paths.map((path) => ({
    method,
    pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}/?$`),
  })),
);

/** What to say to a request that no operation answers: there is no such path, or not with this method. */
export function unknownPath({ method: asked, url }: { method: string; url: string }): Problem {
  const path = url.split('?', 1)[0] ?? url;
  const allow = [
    ...new Set(patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)),
  ];
  return allow.length > 0
    ? new Problem('method_not_allowed', `${asked} ${path}: expected ${allow.join(' or ')}.`, {
        details: { allow },
      })
    : new Problem(
        'not_found',
        `There is no ${asked} ${path.slice(0, 200)}. The operations are listed at /openapi.json.`,
      );
}
