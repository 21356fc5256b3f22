import type {
  CreatedEvent,
  CreateEventInput,
  Event,
  HoneyHive,
  HoneyHiveClientProtocol,
} from 'honeyhive';
import type { HoneyHive as FetchHoneyHive } from 'honeyhive/fetch';
import { expectTypeOf } from 'vitest';

interface Question {
  text: string;
  temperature?: number;
}

interface Answer {
  content: string;
}

type Client = HoneyHive;
declare const client: Client;
const base = { session_id: 's', event_type: 'model', event_name: 'answer' } as const;

// The step `types` decides: nothing of this is ever run.
const read = () => client.getEvent<Question, Answer>('e');
const readPlain = () => client.getEvent('e');
const create = (inputs: Question) => client.createEvent({ ...base, inputs, outputs: { n: 1 } });
const createPlain = () => client.createEvent(base);
const createBatch = (inputs: Question) => client.createEventsBatch([{ ...base, inputs }]);

// getEvent gives inputs and outputs the types that the caller names.
expectTypeOf(read).returns.resolves.toEqualTypeOf<Event<Question, Answer>>();
expectTypeOf<Event<Question, Answer>['inputs']>().toEqualTypeOf<Question>();
expectTypeOf<Event<Question, Answer>['outputs']>().toEqualTypeOf<Answer>();

// Without names, inputs and outputs are objects of unknown content.
expectTypeOf(readPlain).returns.resolves.toEqualTypeOf<Event>();
expectTypeOf<Event['inputs']>().toEqualTypeOf<Record<string, unknown>>();
expectTypeOf(createPlain).returns.resolves.toEqualTypeOf<CreatedEvent>();

// createEvent takes the types of inputs and outputs from what it is given, interfaces among them.
expectTypeOf(create).returns.resolves.toEqualTypeOf<CreatedEvent<Question, { n: number }>>();
expectTypeOf(createBatch).returns.resolves.toHaveProperty('created_count');

// createEvent holds inputs to the type that the caller names.
type Input = CreateEventInput<Question, Answer>;

expectTypeOf<{ text: string }>().toExtend<NonNullable<Input['inputs']>>();
expectTypeOf<{ text: number }>().not.toExtend<NonNullable<Input['inputs']>>();
expectTypeOf<{ content: 1 }>().not.toExtend<Input['outputs']>();

// Inputs are objects.
expectTypeOf<{ inputs: string }>().not.toExtend<Pick<CreateEventInput, 'inputs'>>();
expectTypeOf<{ inputs: { any: 1 } }>().toExtend<Pick<CreateEventInput, 'inputs'>>();

// An event needs a session, a kind out of four, and a name.
expectTypeOf<typeof base>().toExtend<CreateEventInput>();
expectTypeOf<Omit<typeof base, 'session_id'>>().not.toExtend<CreateEventInput>();
expectTypeOf<'batch_item'>().not.toExtend<CreateEventInput['event_type']>();

// Every client is what code asks for that takes a client as a parameter.
expectTypeOf<HoneyHive>().toExtend<HoneyHiveClientProtocol>();
expectTypeOf<FetchHoneyHive>().toExtend<HoneyHiveClientProtocol>();
expectTypeOf<HoneyHiveClientProtocol['getEvent']>().toEqualTypeOf<HoneyHive['getEvent']>();
