import { userInfo } from 'node:os';
import type { AuditAction, MetadataStore, ServerConfig } from 'honeyhive-server';
import { messageOf } from './failure.ts';
import type { Terminal } from './output/terminal.ts';

/** What a command did to the data folder. */
export interface CommandAudit {
  readonly action: AuditAction;
  readonly projectId: string | null;
  /** Ids of what it was done to; or the file or folder. */
  readonly targets: readonly string[];
}

function readUser(): string {
  try {
    return userInfo().username;
  } catch {
    // Containers run as users that have no name.
    return `user ${process.getuid?.() ?? 0}`;
  }
}

/** Appends to the audit log of the data folder. A failure is only reported, because the action has already happened. */
export async function addAudit(
  store: Pick<MetadataStore, 'addAudit'>,
  terminal: Pick<Terminal, 'note'>,
  { action, projectId, targets }: CommandAudit,
): Promise<void> {
  const entry = {
    at: Date.now(),
    action,
    outcome: 'ok',
    actor: 'cli',
    actorName: readUser(),
    projectId,
    address: null,
    requestId: null,
  };
  try {
    await store.addAudit(targets.map((target) => ({ ...entry, target })));
  } catch (error) {
    terminal.note(`warning: the audit log was not written: ${messageOf(error)}\n`);
  }
}

/** The same, for commands that have only the folder. */
export async function addFolderAudit(
  config: ServerConfig,
  terminal: Pick<Terminal, 'note'>,
  audit: CommandAudit,
): Promise<void> {
  const { openConfiguredMetadata } = await import('honeyhive-server/metadata-store');
  const store = await openConfiguredMetadata(config);
  try {
    await addAudit(store, terminal, audit);
  } finally {
    await store.close();
  }
}
