/** Variables of the environment, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of the process; empty where there is no process, or where it may not be read. */
export function readEnvironment(): Environment {
  const environment: Environment = globalThis.process?.env ?? {};
  try {
    // Read for the error alone.
    void environment['HH_API_KEY'];
    return environment;
  } catch {
    // Deno, without the permission: not to read it is what its user decided.
    return {};
  }
}
