/** The folders for throwaway copies in a worker's cell: each is a file system of limited size. */
export function roomsOf(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `/tmp/rooms/${String(index)}`);
}
