// Listens, and ends with exit code 0 as soon as it is asked.
import { createServer } from 'node:net';

createServer(() => process.exit(0)).listen(Number(process.argv[2]), '127.0.0.1');
