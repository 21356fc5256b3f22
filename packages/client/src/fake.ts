// `honeyhive/testing`: a client for the tests of an application.
export { createFakeHoneyHive } from './fake/fake-client.ts';
export type {
  FakeAnswer,
  FakeCall,
  FakeHoneyHive,
  FakeMethod,
  FakeOptions,
  FakeParameters,
  FakeTimes,
} from './fake/fake-types.ts';
