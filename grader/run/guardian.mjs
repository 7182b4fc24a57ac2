// The guardian where there is no shell: Windows. See guardian.sh for what it does; here a program is
// known by the command line that names the grading's folder.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

const lines = [];
for await (const line of createInterface({ input: process.stdin })) lines.push(line);
const [, folder = '', word] = lines;
if (word !== 'done' && folder.includes('wiregrade-')) {
  const quoted = folder.replaceAll("'", "''");
  // $PID is PowerShell's own: its command line names the folder as well.
  const query = `Get-CimInstance Win32_Process | Where-Object { $_.CommandLine -and $_.CommandLine.Contains('${quoted}') -and $_.ProcessId -ne $PID } | ForEach-Object { taskkill /pid $_.ProcessId /T /F }`;
  execFileSync('powershell', ['-NoProfile', '-Command', query], { stdio: 'ignore' });
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
