import { iconFromSvg, type KindView } from "#library/contract/kind-view.tsx";
import icon from "./icon.svg?raw";

const view: KindView = { Icon: iconFromSvg(icon) };

export default view;
