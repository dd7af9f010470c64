// What the integration tests make cheap is cheap here too; the processes that are killed hash as Umami does.
import '../integration/setup';
