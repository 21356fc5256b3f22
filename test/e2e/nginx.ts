import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Starts nginx with what the block `http` contains.
 *
 * @param folder of its files, which nobody else uses
 */
export async function startNginxWith(folder: string, http: string): Promise<ChildProcess> {
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(folder, name)};`,
  );
  const user = process.getuid?.() === 0 ? 'user root; ' : '';
  const path = join(folder, 'nginx.conf');
  await writeFile(
    path,
    `${user}daemon off; worker_processes 1; pid ${join(folder, 'nginx.pid')}; error_log stderr;
     events {} http { access_log off; ${places.join(' ')}\n${http}}`,
  );
  return spawn('nginx', ['-e', 'stderr', '-p', folder, '-c', path], { stdio: 'ignore' });
}
