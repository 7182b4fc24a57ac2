// Holds buffers, 8 MiB each, so many MiB in all.
const held = [];
for (let mib = 0; mib < Number(process.argv[2]); mib += 8) held.push(Buffer.alloc(8 * 2 ** 20, 1));
console.log(`buffers: done ${held.length}`);
