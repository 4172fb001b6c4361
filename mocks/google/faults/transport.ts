import type { TransportFault } from '../../../harness/model/response-fault.ts'

const faults = new WeakMap<Response, TransportFault>()

/** Says how an answer is to be spoiled on its way; the Response itself cannot, and the handlers only ever return one. */
export function spoil(response: Response, fault: TransportFault): Response {
  faults.set(response, fault)
  return response
}

/** What the door that sends this very answer must do to it. */
export const transportOf = (response: Response): TransportFault | undefined => faults.get(response)
