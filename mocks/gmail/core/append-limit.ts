/** Octets of the largest message that APPEND takes (RFC 7889), as Gmail announces it. */
export const appendLimit = 35_651_584
