/** Thrown by those who read, when the renderer may read a text otherwise: its block is then edited as text. */
export class Unsure extends Error {}
