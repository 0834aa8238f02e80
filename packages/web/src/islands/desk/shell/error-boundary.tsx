/** Where drawing a page fails: says so, and that nothing typed is lost. The rest of the desk goes on. */
import { Component, type ComponentChildren } from "preact";
import { say } from "../../say.ts";
import { Actions, Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Screen } from "../../ui/screen.tsx";

interface Props {
  readonly children: ComponentChildren;
}

interface State {
  readonly failed: boolean;
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false };

  static override getDerivedStateFromError(): State {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <Screen name="failed" title={say("desk.something-went-wrong-on-this")}>
        <Notice tone="bad" speak="alert">
          {say("desk.what-you-have-typed-into")}
        </Notice>
        <Actions>
          <Button kind="primary" onPress={() => this.setState({ failed: false })}>
            {say("desk.show-the-page-again")}
          </Button>
        </Actions>
      </Screen>
    );
  }
}
