import { routes } from '../generated/routes.ts';

/** Values of what a path leaves open, by name. */
export type PathParams = Readonly<Record<string, string>>;

/** Method and path of an operation, from the base path on, with its parameters filled in. */
export function toRoute(
  id: keyof typeof routes,
  params: PathParams = {},
): { readonly method: string; readonly path: string } {
  const [method = '', path = ''] = routes[id].split(' ');
  return {
    method,
    path: path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(params[name] ?? ''),
    ),
  };
}
