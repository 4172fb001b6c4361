/** The greeting, as captured; a capability list is not in it. The client's address here is always the loopback. */
export const greeting = (opaqueId: string): string => `OK Gimap ready for requests from 127.0.0.1 ${opaqueId}`
