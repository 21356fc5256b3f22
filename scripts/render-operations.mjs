import { heading, table } from './markdown.mjs';

const intro = `Every endpoint of the service. The same as data: [openapi.json](openapi.json), which a running service sends at \`/openapi.json\`. Keys go into the header \`authorization: Bearer <key>\`. What each error code means: [errors](errors.md).

All paths of an operation take and answer the same.
`;

const accessText = {
  public: 'no key',
  read: 'a key that may read (`full`, `read`)',
  ingest: 'a key that may send (`full`, `ingest`)',
  write: 'a key that may do everything (`full`)',
};

const scopeText = {
  none: '',
  project: ', confined to its project',
  organisation: ', for all projects that it can see',
};

/** The name of a schema that is referred to; null for one that stands here itself. */
const nameOf = (schema) => schema?.$ref?.split('/').at(-1) ?? null;

/** A type in a few words. */
function typeOf(schema) {
  const name = nameOf(schema);
  if (name !== null) return `[${name}](#${name.toLowerCase()})`;
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(', ');
  const union = schema.anyOf ?? schema.oneOf;
  if (union) return [...new Set(union.map(typeOf))].join(' or ');
  if (Array.isArray(schema.type)) return schema.type.join(' or ');
  if (schema.type === 'array') return `list of ${typeOf(schema.items ?? {})}`;
  return schema.type ?? 'any';
}

function fieldRows(schema) {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).map(([name, field]) => [
    `\`${name}\``,
    typeOf(field),
    required.has(name) ? 'yes' : '',
    field.description ?? '',
  ]);
}

const jsonSchema = (content) => content?.content?.['application/json']?.schema ?? null;

function renderBody({ wrapper }, described) {
  const schema = jsonSchema(described.requestBody);
  if (schema === null) return '';
  // The document says it as a choice: wrapped first, then bare.
  if (wrapper) {
    return `Body: ${typeOf(schema.anyOf[1])}, as it is or wrapped: \`{"${wrapper}": …}\`.\n`;
  }
  const fields = table(['field', 'type', 'required', ''], fieldRows(schema));
  return fields === '' ? `Body: ${typeOf(schema)}.\n` : `Body:\n\n${fields}`;
}

function renderOperation(operation, described) {
  const rows = described.parameters.map(({ name, in: place, schema, description, required }) => [
    `\`${name}\``,
    place,
    required ? 'yes' : '',
    description ?? schema?.description ?? '',
  ]);
  return [
    `### ${operation.id}`,
    '',
    `${operation.summary}.`,
    '',
    ...operation.paths.map((path) => `- \`${operation.method} ${path}\``),
    '',
    `Needs ${accessText[operation.access]}${scopeText[operation.scope]}. ${
      operation.idempotent ? 'Idempotent.' : 'Not idempotent.'
    }${sourceText(operation.source)}`,
    '',
    table(['parameter', 'in', 'required', ''], rows),
    renderBody(operation, described),
    renderAnswers(operation, described),
  ]
    .filter((part, index, all) => part !== '' || all[index - 1] !== '')
    .join('\n');
}

/** Which part of the contract an operation comes from. */
const sourceText = (source) =>
  source === 'ours'
    ? ''
    : ` From: [${source.section}](../contract.md#${source.section.toLowerCase()})${
        source.of ? ` (${source.of})` : ''
      }.`;

function renderAnswers({ status = 200, otherStatuses = {}, headers = {} }, { responses }) {
  const answer = jsonSchema(responses[status]);
  const others = Object.entries(otherStatuses).map(([code, text]) => `- ${code}: ${text}`);
  const lines = Object.entries(headers).map(([name, text]) => `- \`${name}\`: ${text}`);
  const failures = Object.keys(responses).filter((code) => code >= '400');
  const usual = answer === null ? `${status}` : `${status}, ${typeOf(answer)}`;
  const failed = failures.length === 0 ? '' : ` Errors: ${failures.join(', ')}.`;
  return [`Answers ${usual}.${failed}`, ...withSpace(others), ...withSpace(lines), ''].join('\n');
}

const withSpace = (lines) => (lines.length === 0 ? [] : ['', ...lines]);

function renderShape([name, schema]) {
  const fields = table(['field', 'type', 'required', ''], fieldRows(schema));
  const type = fields === '' ? `${typeOf(schema)}\n` : fields;
  return [`### ${name}`, '', ...(schema.description ? [schema.description, ''] : []), type].join(
    '\n',
  );
}

/** docs/reference/operations.md: every endpoint, then every named shape. */
export function renderOperations(operations, openApi) {
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  const describe = ({ method, paths }) => openApi.paths[paths[0]][method.toLowerCase()];
  const sections = tags.flatMap((tag) => [
    `## ${tag[0].toUpperCase()}${tag.slice(1)}`,
    '',
    ...operations
      .filter((operation) => operation.tag === tag)
      .map((operation) => renderOperation(operation, describe(operation))),
  ]);
  const shapes = Object.entries(openApi.components.schemas).map(renderShape);
  return [heading('Operations', intro), ...sections, '## Shapes', '', ...shapes].join('\n');
}
