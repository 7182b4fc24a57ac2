// Tells what it finds around it.
import { existsSync, readFileSync, readlinkSync } from 'node:fs';

// Linux before 6.1 does not tell.
const places = '/proc/sys/net/ipv4/tcp_ehash_entries';
console.log(
  JSON.stringify({
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    zoneFile: readlinkSync('/etc/localtime'),
    ...(existsSync(places) && { places: Math.abs(Number(readFileSync(places, 'latin1'))) }),
  }),
);
