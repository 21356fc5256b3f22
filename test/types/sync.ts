import type {
  Event,
  HoneyHive,
  HoneyHiveSync,
  LoggedEvent,
  Project,
  ProjectPage,
  Session,
  SyncList,
} from 'honeyhive/sync';
import { expectTypeOf } from 'vitest';

type Client = HoneyHiveSync;
declare const client: Client;

interface Question {
  text: string;
}

const base = { session_id: 's', event_type: 'model', event_name: 'answer' } as const;

// The step `types` decides: nothing of this is ever run.
const start = () => client.createSession();
const create = (inputs: Question) => client.createEvent({ ...base, inputs, outputs: { n: 1 } });
const read = () => client.getEvent<Question>('e');
const list = () => client.listProjects();
const each = () => Array.from(client.listSessions());

type Settled<Method extends (...parameters: never[]) => unknown> = Awaited<ReturnType<Method>>;

// Methods return what the promises of the other view settle with.
expectTypeOf<ReturnType<typeof start>>().toEqualTypeOf<Settled<HoneyHive['createSession']>>();
expectTypeOf<ReturnType<Client['getHealth']>>().toEqualTypeOf<Settled<HoneyHive['getHealth']>>();
expectTypeOf<ReturnType<Client['request']>>().toEqualTypeOf<Settled<HoneyHive['request']>>();
expectTypeOf<Parameters<Client['listProjects']>>().toEqualTypeOf<
  Parameters<HoneyHive['listProjects']>
>();

// Lists are their first page, and iterate their items.
expectTypeOf<ReturnType<typeof list>>().toEqualTypeOf<SyncList<Project, ProjectPage>>();
expectTypeOf<ReturnType<typeof list>['total']>().toEqualTypeOf<number>();
expectTypeOf<ReturnType<typeof each>>().toEqualTypeOf<Session[]>();

// Inputs and outputs of an event keep their types.
expectTypeOf<ReturnType<typeof read>>().toEqualTypeOf<Event<Question>>();
expectTypeOf<ReturnType<typeof create>['inputs']>().toExtend<Question | null | undefined>();

// Logging gives the ids, and the account is that of the other view.
expectTypeOf<ReturnType<Client['logEvent']>>().toEqualTypeOf<LoggedEvent>();
expectTypeOf<Parameters<Client['logSession']>>().toEqualTypeOf<
  Parameters<HoneyHive['logSession']>
>();
expectTypeOf<ReturnType<Client['flush']>>().toEqualTypeOf<Settled<HoneyHive['flush']>>();
expectTypeOf<ReturnType<Client['stats']>>().toEqualTypeOf<ReturnType<HoneyHive['stats']>>();

// Each view gives the other.
expectTypeOf<ReturnType<typeof HoneyHiveSync.of>>().toEqualTypeOf<HoneyHiveSync>();
expectTypeOf<HoneyHiveSync['async']>().toEqualTypeOf<HoneyHive>();
