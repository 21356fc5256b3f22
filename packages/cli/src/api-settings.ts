/** What the commands that talk to a service read from the environment. */
export interface ApiSettings {
  /** Without a slash at the end. */
  readonly url: string;
  /** null when none is set. */
  readonly key: string | null;
  readonly origins: {
    readonly url: 'environment' | 'default';
    readonly key: 'environment' | 'default';
  };
}

/** Where a service listens that was started without any settings. */
export const defaultApiUrl = 'http://127.0.0.1:4040';

/** Reads `HH_API_URL` and `HH_API_KEY`; an empty variable is the same as none. */
export function readApiSettings(env: Readonly<Record<string, string | undefined>>): ApiSettings {
  const url = env['HH_API_URL'] ?? '';
  const key = env['HH_API_KEY'] ?? '';
  return {
    url: (url === '' ? defaultApiUrl : url).replace(/\/+$/, ''),
    key: key === '' ? null : key,
    origins: {
      url: url === '' ? 'default' : 'environment',
      key: key === '' ? 'default' : 'environment',
    },
  };
}

/** A key with its secret masked: `hh_4fGh2kLmN8pQ_…`; anything else only by its first characters. */
export function maskKey(key: string): string {
  const publicPart = /^(hh_(?:[0-9A-Za-z]{12}|(?:ingst|fgdp)_[0-9A-Za-z]{24})_)/.exec(key)?.[1];
  return `${publicPart ?? key.slice(0, 3)}…`;
}
