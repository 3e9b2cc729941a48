import { ApiError, errorTexts, KubectlError } from "../kubectl-error.ts";
import type { Program } from "../program.ts";
import type { Visit, Info } from "./resolve.ts";

/** Works on each object; one that fails does not keep the others from their turn, and the command then ends with 1 (ContinueOnError). */
export function* each({ infos, errors: missing }: Visit, work: (info: Info) => Program): Program {
  const errors = [...missing];
  let code = 0;
  for (const info of infos) {
    try {
      code = Math.max(code, yield* work(info));
    } catch (error) {
      if (!(error instanceof ApiError) && !(error instanceof KubectlError)) throw error;
      errors.push(error);
    }
  }
  for (const text of errorTexts(errors)) yield { stderr: `${text}\n` };
  return errors.length > 0 ? 1 : code;
}
