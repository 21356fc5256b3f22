// `honeyhive/testing`: a client for the tests of an application.
export { createFakeHoneyHive } from './fake-client.ts';
export type {
  FakeAnswer,
  FakeCall,
  FakeHoneyHive,
  FakeMethod,
  FakeOptions,
  FakeParameters,
  FakeTimes,
} from './fake-types.ts';
