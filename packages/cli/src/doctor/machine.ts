import type { Finding } from './finding.ts';

/** What is known of the machine that the process runs on. */
export interface Machine {
  readonly platform: string;
  readonly arch: string;
  /** Version of Node.js, without the `v`. */
  readonly nodeVersion: string;
  /** null where the C library is another one. */
  readonly glibcVersion: string | null;
}

/** Looks at this machine. */
export function readMachine(): Machine {
  const { platform, arch, versions } = process;
  return {
    platform,
    arch,
    nodeVersion: versions.node,
    glibcVersion: platform === 'linux' ? readGlibcVersion() : null,
  };
}

function readGlibcVersion(): string | null {
  // The report looks up the names of all peers otherwise, which can take seconds.
  Object.assign(process.report, { excludeNetwork: true });
  const report: unknown = process.report.getReport();
  const hasHeader = typeof report === 'object' && report !== null && 'header' in report;
  const header: unknown = hasHeader ? report.header : null;
  if (typeof header !== 'object' || header === null || !('glibcVersionRuntime' in header)) {
    return null;
  }
  return typeof header.glibcVersionRuntime === 'string' ? header.glibcVersionRuntime : null;
}

const minNode = [20, 19] as const;

export function checkNode({ nodeVersion }: Machine): Finding {
  const check = 'Node.js';
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  const isRecent = major > minNode[0] || (major === minNode[0] && minor >= minNode[1]);
  if (isRecent) return { check, state: 'ok', text: nodeVersion };
  return {
    check,
    state: 'failed',
    text: `${nodeVersion} is too old: ${minNode.join('.')} or newer is needed`,
    nextStep: 'Install a newer one from https://nodejs.org.',
  };
}

/** Whether the event engine has a build for this machine: Linux with glibc and macOS, on x64 and arm64. */
export function checkPlatform({ platform, arch, glibcVersion }: Machine): Finding {
  const check = 'platform';
  const fail = (text: string, nextStep: string): Finding => ({
    check,
    state: 'failed',
    text,
    nextStep,
  });
  if (platform === 'win32') {
    return fail(
      'Windows is not supported: the event engine has no build for it',
      'Run it in WSL 2 or in a Linux container.',
    );
  }
  if (platform !== 'linux' && platform !== 'darwin') {
    return fail(
      `${platform} is not supported: the event engine has no build for it`,
      'Use Linux or macOS.',
    );
  }
  if (arch !== 'x64' && arch !== 'arm64') {
    return fail(
      `${arch} processors are not supported: the event engine has no build for them`,
      'Use x64 or arm64.',
    );
  }
  if (platform === 'linux' && glibcVersion === null) {
    return fail(
      'this Linux has no glibc (Alpine, musl): the event engine has no build for it',
      'Use a distribution with glibc, such as Debian; for containers, an image like node:20-slim.',
    );
  }
  const library = platform === 'linux' ? `, glibc ${glibcVersion}` : '';
  return { check, state: 'ok', text: `${platform} ${arch}${library}` };
}
