import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Where a server listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * Connects to a server. Each direction of the connection ends by itself; who asks for it closes it.
 *
 * @param signal ends the attempt
 * @throws the system's error where the server takes no connection; an AbortError once the signal comes
 */
export async function connectTo(address: Address, signal?: AbortSignal): Promise<Socket> {
  const socket = connect({ ...address, allowHalfOpen: true, noDelay: true });
  try {
    await once(socket, 'connect', signal && { signal });
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** Whether a server takes a connection; it is closed at once. */
export async function acceptsClients(address: Address): Promise<boolean> {
  try {
    (await connectTo(address)).destroy();
    return true;
  } catch {
    return false;
  }
}
