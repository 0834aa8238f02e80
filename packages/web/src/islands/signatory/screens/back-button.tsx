/** Back, where there is a way back. */
import { say } from "../../say.ts";
import { Button } from "../../ui/button.tsx";
import { canGoBack } from "../machine/going-back.ts";
import type { ScreenProps } from "./props.ts";

export function BackButton({ state, back }: ScreenProps) {
  if (!canGoBack(state)) return null;
  return (
    <Button kind="quiet" onPress={back}>
      {say("sign.back-button.back")}
    </Button>
  );
}
