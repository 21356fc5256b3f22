/** The text of the client's generated types, from the wire contract. */
export function renderTypes(wire: typeof import('honeyhive-wire')): string;

/** The text of the client's generated schemas, from the wire contract. */
export function renderSchemas(wire: typeof import('honeyhive-wire')): string;
