/** The part `entering`: what somebody needs who comes for the first time. */
export { Entering } from "../entering/entering.tsx";
